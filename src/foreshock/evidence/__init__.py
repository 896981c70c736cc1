"""What was said, by whom, known when: claims, the store that keeps them, and the events in them."""
