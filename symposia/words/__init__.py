"""The words of the product's screens in its languages: found in the source, kept in catalogues."""
