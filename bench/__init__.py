"""Speed and memory, measured with public tools: `./dev bench`."""
