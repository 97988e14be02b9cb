"""What stands between the network and the pages: addresses, headers, limits, health, faults. Assembled in app/asgi.py."""
