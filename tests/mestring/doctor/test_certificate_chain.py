"""A certificate ends for visitors when one that vouches for it ends."""

import datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from mestring.doctor.surroundings import certificate
from tests.mestring.doctor.test_planted_faults import serving


def put_chain(folder, middle_days):
    """Write a root's file, and one for the server; the site's own certificate holds for ninety days."""
    now, day, made = datetime.datetime.now(datetime.UTC), datetime.timedelta(days=1), []
    for name, days in (("root", 400), ("middle", middle_days), ("localhost", 90)):
        key = ec.generate_private_key(ec.SECP256R1())
        subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
        signer, signing_key = (made[-1][0].subject, made[-1][1]) if made else (subject, key)
        builder = (
            x509.CertificateBuilder()
            .subject_name(subject).issuer_name(signer).public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(now - day).not_valid_after(now + days * day)
            .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
            .add_extension(x509.BasicConstraints(ca=name != "localhost", path_length=None), critical=True)
        )  # fmt: skip
        made.append((builder.sign(signing_key, hashes.SHA256()), key))
    root, middle, own = (one.public_bytes(serialization.Encoding.PEM) for one, _key in made)
    private = made[-1][1].private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    (folder / "root.pem").write_bytes(root)
    (folder / "chain.pem").write_bytes(private + own + middle)


@pytest.mark.parametrize(("middle_days", "found"), [(200, []), (9.5, ["The certificate ends in 9 days."])])
def test_the_day_is_that_of_the_first_in_the_chain_that_ends(tmp_path, settings, middle_days, found):
    put_chain(tmp_path, middle_days)
    settings.CERTIFICATE_AUTHORITY = str(tmp_path / "root.pem")
    with serving(tmp_path / "chain.pem") as port:
        settings.SITE_ADDRESS = f"https://localhost:{port}"
        faults = [finding.fault for finding in certificate()]
    assert faults == found
