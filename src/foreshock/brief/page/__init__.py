"""The brief as one page: a single file with map, timeline, relations and every source in it."""
