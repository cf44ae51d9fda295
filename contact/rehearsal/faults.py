"""What a rehearsal that failed tells the operator: the fault; then what mends it. English, as /readyz."""

from contact.models import Rehearsal

Step = Rehearsal.Step
LATE, NEVER = "late", "never"
FAULTS: dict[str, str] = {
    Step.CUT_OFF: "the last rehearsal was cut off midway; run manage.py rehearse, and look why in its log",
    Step.CLOCK: "the clock was ahead at an earlier rehearsal, or is behind now; put it right, and rehearse again",
    Step.SITE: (
        "the last rehearsal did not reach the site's public address; look at its name, its certificate and nginx, "
        "also from this machine (curl SITE_ADDRESS)"
    ),
    Step.FORM: "the last rehearsal could not fill in the form; open it in a browser, and look in the site's log",
    Step.STORING: "the last rehearsal's inquiry was not stored; look at the disk, the database and the site's log",
    Step.SEALING: (
        "the last rehearsal's inquiry was not sealed to the pinned key; compare `manage.py inbox status` and "
        "inbox_fingerprints with what you wrote down (docs/operators.md)"
    ),
    Step.NOTICE: (
        "the last rehearsal's mail was not accepted; look at EMAIL_URL, OPERATOR_MAIL, the mail server and the "
        "delivery process"
    ),
    Step.THREAD: "the last rehearsal could not read the page behind its code; look in the site's log",
    Step.ERASING: "the last rehearsal could not erase with its code; look in the site's log",
    Step.DATABASE: "the database did not answer the rehearsal; look at the database and its log",
    LATE: "no rehearsal for more than 26 hours; look at mestringshusene-rehearse.timer",
    NEVER: "no rehearsal has ever been held; start mestringshusene-rehearse.timer, or run manage.py rehearse",
}
