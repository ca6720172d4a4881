-- Written by Azeroth's Top Talent for the desktop, which replaces this file at every update.
local _, addon = ...
addon.TalentData = {}
addon.EncounterInfo = {}
addon.EncounterByName = {}
addon.TalentDataTimestamp = nil
addon.TalentDataFormat = 3
addon.TreeHashes = {}
