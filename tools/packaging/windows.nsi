; The Windows installer: for one user, without administrator rights. Compiled by
; tools.packaging.windows, which defines what is written as ${CAPITALS} here.
; Setup.exe /S installs silently (/D=C:\folder, last, picks the folder). Exit codes: 0 done,
; 1 cancelled, 2 failed: the program is in use or a file cannot be written; the old one is kept.

Target "${TARGET}"
!include MUI2.nsh
!include LogicLib.nsh
!include FileFunc.nsh

!define NAME "Azeroth's Top Talent"
!define WINDOW_EXE "Azeroths Top Talent.exe"
!define CONSOLE_EXE "att-desktop.exe"
; Beside the program while it is replaced. The folder may be the player's choice and hold more.
!define STAGED "AzerothsTopTalent.new"
!define FORMER "AzerothsTopTalent.old"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP_ID}"

Name "${NAME}"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\AzerothsTopTalent"
InstallDirRegKey HKCU "${UNINSTALL_KEY}" "InstallLocation"
!ifdef FAST  ; for a test of the installer itself
  SetCompressor zlib
!else
  SetCompressor /SOLID lzma
!endif
ManifestDPIAware true
ManifestSupportedOS Win10
BrandingText "${NAME} ${VERSION}"

VIProductVersion "${NUMBERS}"
VIAddVersionKey "ProductName" "${NAME}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "FileDescription" "${NAME} Setup"
VIAddVersionKey "LegalCopyright" "GPL-3.0-or-later"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_ABORTWARNING
!define MUI_FINISHPAGE_RUN "$INSTDIR\${WINDOW_EXE}"

!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES

; The window's languages; the first is the default.
!insertmacro MUI_LANGUAGE "English"
!insertmacro MUI_LANGUAGE "German"
!insertmacro MUI_LANGUAGE "French"
!insertmacro MUI_LANGUAGE "Spanish"
!insertmacro MUI_LANGUAGE "Italian"
!insertmacro MUI_LANGUAGE "PortugueseBR"
!insertmacro MUI_LANGUAGE "Russian"
!insertmacro MUI_LANGUAGE "Korean"
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "TradChinese"

LangString IN_USE ${LANG_ENGLISH} "${NAME} is still running. Close it, then try again."
LangString IN_USE ${LANG_GERMAN} "${NAME} läuft noch. Bitte beenden und dann erneut versuchen."
LangString IN_USE ${LANG_FRENCH} "${NAME} est encore ouvert. Fermez-le, puis réessayez."
LangString IN_USE ${LANG_SPANISH} "${NAME} sigue abierto. Ciérralo e inténtalo de nuevo."
LangString IN_USE ${LANG_ITALIAN} "${NAME} è ancora aperto. Chiudilo, poi riprova."
LangString IN_USE ${LANG_PORTUGUESEBR} "${NAME} ainda está aberto. Feche-o e tente de novo."
LangString IN_USE ${LANG_RUSSIAN} "${NAME} ещё работает. Закройте его и повторите попытку."
LangString IN_USE ${LANG_KOREAN} "${NAME}이(가) 아직 실행 중입니다. 종료한 다음 다시 시도하세요."
LangString IN_USE ${LANG_SIMPCHINESE} "${NAME} 仍在运行。请关闭后重试。"
LangString IN_USE ${LANG_TRADCHINESE} "${NAME} 仍在執行。請關閉後再試一次。"

; Ends the running app and waits until its program files are free. The app itself is asked, by
; --quit: it saves what is complete. Leaves the answer on the stack: "free" or "in use".
!macro END_RUNNING_APP un
Function ${un}EndRunningApp
  ${If} ${FileExists} "$INSTDIR\${CONSOLE_EXE}"
    nsExec::Exec '"$INSTDIR\${CONSOLE_EXE}" --quit'
    Pop $0
  ${EndIf}
  ; A program that runs cannot be opened for writing. Ended ones may be held for a moment more.
  StrCpy $1 0
  ${Do}
    Push "$INSTDIR\${WINDOW_EXE}"
    Call ${un}IsFree
    Pop $0
    ${If} $0 == "free"
      Push "$INSTDIR\${CONSOLE_EXE}"
      Call ${un}IsFree
      Pop $0
    ${EndIf}
    ${If} $0 == "free"
      ${ExitDo}
    ${EndIf}
    IntOp $1 $1 + 1
    Sleep 250
  ${LoopUntil} $1 >= 40
  Push $0
FunctionEnd

Function ${un}IsFree
  Exch $2
  ${IfNot} ${FileExists} "$2"
    StrCpy $2 "free"
  ${Else}
    ClearErrors
    FileOpen $3 "$2" a
    ${If} ${Errors}
      StrCpy $2 "in use"
    ${Else}
      FileClose $3
      StrCpy $2 "free"
    ${EndIf}
  ${EndIf}
  Exch $2
FunctionEnd

Function ${un}FreeOrAbort
  ${Do}
    Call ${un}EndRunningApp
    Pop $0
    ${If} $0 == "free"
      ${ExitDo}
    ${EndIf}
    MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "$(IN_USE)" /SD IDCANCEL IDRETRY again
    SetOutPath "$TEMP"
    RMDir /r "$INSTDIR\${STAGED}"
    SetErrorLevel 2
    Quit
    again:
  ${Loop}
FunctionEnd
!macroend
!insertmacro END_RUNNING_APP ""
!insertmacro END_RUNNING_APP "un."

; Moves the program's three parts from one folder below $INSTDIR to another ("." for itself).
!macro MOVE_PROGRAM from to
  !insertmacro MOVE_PART "${from}" "${to}" "_internal"
  !insertmacro MOVE_PART "${from}" "${to}" "${WINDOW_EXE}"
  !insertmacro MOVE_PART "${from}" "${to}" "${CONSOLE_EXE}"
!macroend
!macro MOVE_PART from to name
  ${If} ${FileExists} "$INSTDIR\${from}\${name}"
    Rename "$INSTDIR\${from}\${name}" "$INSTDIR\${to}\${name}"
  ${EndIf}
!macroend

Function Fail
  ; What was unpacked goes; the old program is still whole.
  SetOutPath "$TEMP"
  RMDir /r "$INSTDIR\${STAGED}"
  SetErrorLevel 2
  Abort
FunctionEnd

Section
  ; The new program is unpacked beside the old one first: a full disk leaves the old one alone.
  RMDir /r "$INSTDIR\${STAGED}"
  ClearErrors
  SetOverwrite try
  SetOutPath "$INSTDIR\${STAGED}"
  File /r "${DIST}\*.*"
  ${If} ${Errors}
    Call Fail
  ${EndIf}
  SetOutPath "$INSTDIR"
  Call FreeOrAbort
  RMDir /r "$INSTDIR\${FORMER}"
  CreateDirectory "$INSTDIR\${FORMER}"
  StrCpy $0 "moved"
  ClearErrors
  !insertmacro MOVE_PROGRAM "." "${FORMER}"
  ${If} ${Errors}  ; which clears them
    StrCpy $0 "held"
  ${Else}
    !insertmacro MOVE_PROGRAM "${STAGED}" "."
    ${If} ${Errors}
      StrCpy $0 "held"
    ${EndIf}
  ${EndIf}
  ${If} $0 == "held"
    ; A file is held by a scanner, say: each part of the old program that has gone comes back.
    !insertmacro MOVE_PROGRAM "." "${STAGED}"
    !insertmacro MOVE_PROGRAM "${FORMER}" "."
    RMDir "$INSTDIR\${FORMER}"
    Call Fail
  ${EndIf}
  RMDir /r "$INSTDIR\${FORMER}"
  RMDir /r "$INSTDIR\${STAGED}"

  WriteUninstaller "$INSTDIR\Uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${NAME}.lnk" "$INSTDIR\${WINDOW_EXE}"
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayName" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\${WINDOW_EXE}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "Publisher" "${NAME}"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\Uninstall.exe"'
  WriteRegStr HKCU "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\Uninstall.exe" /S'
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "EstimatedSize" "$0"
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${UNINSTALL_KEY}" "NoRepair" 1
SectionEnd

Section Uninstall
  Call un.FreeOrAbort
  ; By name only: the folder may have been the player's choice and hold more than the program.
  RMDir /r "$INSTDIR\_internal"
  RMDir /r "$INSTDIR\${STAGED}"
  RMDir /r "$INSTDIR\${FORMER}"
  Delete "$INSTDIR\${WINDOW_EXE}"
  Delete "$INSTDIR\${CONSOLE_EXE}"
  Delete "$INSTDIR\Uninstall.exe"
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${NAME}.lnk"
  DeleteRegKey HKCU "${UNINSTALL_KEY}"
  ; 'Keep my addon up to date' (att_desktop/system/autostart.py).
  DeleteRegValue HKCU "Software\Microsoft\Windows\CurrentVersion\Run" "AzerothsTopTalent"
  ; %LOCALAPPDATA%\AzerothsTopTalent (settings, results) and the addon are the player's: they stay.
SectionEnd
