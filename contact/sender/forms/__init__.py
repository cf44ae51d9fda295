"""What each role is asked, and what is asked behind the return code."""
