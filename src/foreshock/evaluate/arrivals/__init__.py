"""The study of arrivals: monthly forecasts tried on the past, beside simple ones."""
