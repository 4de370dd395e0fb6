"""Calls in the forms that other systems read: vCon, JSON, CSV, Parquet."""
