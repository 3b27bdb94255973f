"""Classifiers that a desk trains itself: any labels, versioned, measured, promoted and rolled back."""
