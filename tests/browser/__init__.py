"""Tests of the page in a real browser.

A package, so that the browser, which is opened once for all of these tests, is closed after the
last of them: while Playwright runs, nothing else in the process may run an event loop.
"""
