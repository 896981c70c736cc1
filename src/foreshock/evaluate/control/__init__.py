"""Control: whether what is believed of a day is borne out by what is said afterwards."""
