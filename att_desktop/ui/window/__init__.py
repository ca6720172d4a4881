"""What is around the pages: menus, one instance, tray, notifications, the schedule."""
