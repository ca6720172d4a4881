-- English: complete, and what every other language falls back to.
local _, addon = ...

local L = {}
addon.L = L

L.TITLE = "Azeroth's Top Talent"

L.AGE_MINUTES = "less than an hour old"
L.AGE_HOURS = "%d h old"
L.AGE_DAYS = "%d days old"
L.AGE_UNKNOWN = "of unknown age"

L.STATUS_BUILDS = "%d builds for %d specs, %s."
L.STATUS_NO_DATA = "No builds yet. Run an update in the desktop app, then /reload."
L.STATUS_SAMPLE = "These are sample builds, made to try things out."
