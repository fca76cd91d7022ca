"""What makes a site of the pages: splices, pictures, formulas, references to the code."""
