"""From a report's text to attributed claims: who did what to whom, and on whose word."""
