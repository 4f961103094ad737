"""表间与年间 (between forms): one form of an office beside the others of its year and of the year before."""
