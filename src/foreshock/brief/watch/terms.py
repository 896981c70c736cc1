"""Terms of data: whether the months that were counted may be passed on with a forecast."""

from __future__ import annotations

import re

_OPEN = re.compile(
    r"\bCC[ -]?(BY|0|ZERO)\b|\bcreative commons\b|\bpublic domain\b|\bODC\b|\bODbL\b|\bPDDL\b"
    r"|\bopen (data|government) licen[cs]e\b|\bfree for any use\b|\bMIT\b|\bApache\b",
    re.IGNORECASE,
)
_CLOSED = re.compile(
    r"\b(not|no|never|without|forbid\w*|prohibit\w*|restrict\w*|reserved|only|internal)\b",
    re.IGNORECASE,
)


def passed_on(licence: str) -> bool:
    """Tell whether counted months may stand in what is given to others.

    Open licences allow it; of several terms, parted by semicolons, each must. Where terms cannot be
    told to be open, or they speak of what is not allowed too, the months are left out, for a list
    without them does less harm than a broken agreement. Where nobody stated terms, they are the
    user's own matter.

    Examples
    --------
    >>> passed_on("CC BY 4.0"), passed_on(""), passed_on("CC BY 4.0; for registered users only")
    (True, True, False)
    >>> passed_on("not in the public domain"), passed_on("open data licence, internal use")
    (False, False)
    """
    return not licence or all(
        _OPEN.search(part) and not _CLOSED.search(part) for part in licence.split(";")
    )
