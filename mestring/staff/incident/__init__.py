"""Something has happened: a stranger in an account, a stolen paper, a leaked backup. One page to work down."""
