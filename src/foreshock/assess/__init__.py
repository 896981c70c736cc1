"""What the evidence means on a day: events, disputes, control, displaced, deadlines, patrons."""
