"""`python3 -m deploy.debian.remove`: take the program away, and leave everything that cannot be made again."""

from deploy.debian import layout, services
from deploy.debian.machine import run


def main() -> None:
    """Stop and remove; say what is left."""
    services.remove_units()
    layout.NGINX.unlink(missing_ok=True)
    run("systemctl", "reload-or-restart", "nginx")
    print(f"The data, keys and backups lie in {layout.STATE}, the settings in {layout.CONFIGURATION}.")


if __name__ == "__main__":
    main()
