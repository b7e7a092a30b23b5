"""Pure Polars transforms: frames in, frames out. One file a noun; pipeline.py shows the whole way."""
