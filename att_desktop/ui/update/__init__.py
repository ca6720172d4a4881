"""The Update page: account, game folder and data on top, the running update below."""
