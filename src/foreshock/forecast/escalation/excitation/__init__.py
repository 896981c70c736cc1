"""Self- and mutual excitation of daily counts: who carries whose violence, and for how long."""
