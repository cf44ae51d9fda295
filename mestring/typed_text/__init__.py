"""What both apps know about typed text: its digits, its invisible signs, how it is read and sorted."""
