"""The site around both apps: settings, addresses, errors, staff. It includes the apps, and no app imports it."""
