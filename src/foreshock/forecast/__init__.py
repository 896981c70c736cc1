"""What may follow: models and baselines, each giving full distributions by day."""
