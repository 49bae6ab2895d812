"""Measures RayShell beside what people use instead; started by benchmarks/run."""
