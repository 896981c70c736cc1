"""Monthly deaths per country up to fourteen months ahead: features, model, simple methods."""
