"""Single sign-on: a login at the clinic's own provider, by OpenID Connect. Off until SIGN_ON_… is set."""
