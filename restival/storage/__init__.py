"""Where files of transactions lie: a folder, or an S3-compatible store."""
