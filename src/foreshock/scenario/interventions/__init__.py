"""What-ifs: supposed changes as paths over days through fighting, control and flight."""
