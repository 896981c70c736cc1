"""The bargaining range: is there a package that all who can veto it prefer to fighting on."""
