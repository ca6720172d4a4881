"""Where results come from, and the network behind them."""
