"""Who holds each place: what is said of it, and the belief that follows from who says so."""
