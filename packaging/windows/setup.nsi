; The setup of perfdesk for Windows, per user, without administrator; compiled by build.sh with VERSION, PARTS, TREE, SIZE and LONGEST.
; It lays out HOME as the updates expect it (docs/architecture.md): versions\VERSION, current, previous, perfdesk.exe. A version
; is unpacked beside the others and moved to its place when it is whole; only then `current` names it. Data are never touched.
; perfdesk-setup.exe /S [/D=folder, last, without quotes] installs silently, /DESKTOP puts an icon on the desktop.
Unicode true
Target amd64-unicode
SetCompressor /SOLID lzma
SetCompressorDictSize 64
RequestExecutionLevel user
ManifestDPIAware true
ManifestSupportedOS Win10
AllowSkipFiles off

!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include TextFunc.nsh
!include WinVer.nsh
!include WordFunc.nsh

!define TITLE "绩效填报台"
!define UNINSTALL "Software\Microsoft\Windows\CurrentVersion\Uninstall\perfdesk"
!define CLASSES "Software\Classes"
!define REPLACE_NOW 9 ; MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH

Name "${TITLE}"
OutFile "${PARTS}/perfdesk-${VERSION}-setup.exe"
InstallDir "$LOCALAPPDATA\Programs\perfdesk"
InstallDirRegKey HKCU "${UNINSTALL}" "InstallLocation"
BrandingText "${TITLE} ${VERSION}"
ShowInstDetails nevershow
ShowUninstDetails nevershow
VIProductVersion "${VERSION}.0"
VIAddVersionKey /LANG=2052 ProductName "${TITLE}"
VIAddVersionKey /LANG=2052 FileDescription "${TITLE} 安装程序"
VIAddVersionKey /LANG=2052 FileVersion "${VERSION}"
VIAddVersionKey /LANG=2052 ProductVersion "${VERSION}"
VIAddVersionKey /LANG=2052 LegalCopyright "MIT"

!define MUI_ICON "${PARTS}/perfdesk.ico"
!define MUI_UNICON "${PARTS}/perfdesk.ico"
!define MUI_WELCOMEFINISHPAGE_BITMAP "${PARTS}/side.bmp"
!define MUI_UNWELCOMEFINISHPAGE_BITMAP "${PARTS}/side.bmp"
!define MUI_ABORTWARNING

!define MUI_WELCOMEPAGE_TITLE "安装 ${TITLE} ${VERSION}"
!define MUI_WELCOMEPAGE_TEXT "填报、审核、打印预算绩效表，不用联网。$\r$\n$\r$\n只装给您这个用户，不需要管理员密码。电脑上装过旧版的，直接装就是升级，填过的表不会动。$\r$\n$\r$\n点“下一步”继续。"
!insertmacro MUI_PAGE_WELCOME
!define MUI_DIRECTORYPAGE_TEXT_TOP "程序装在下面的文件夹里，一般不用改。填过的表不放在这里，放在您自己的数据文件夹里。"
!define MUI_PAGE_CUSTOMFUNCTION_LEAVE CheckFolder
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "装好了"
!define MUI_FINISHPAGE_TEXT "以后从“开始”菜单里的“${TITLE}”打开。"
!define MUI_FINISHPAGE_RUN "$INSTDIR\perfdesk.exe"
!define MUI_FINISHPAGE_RUN_TEXT "现在打开${TITLE}"
!define MUI_FINISHPAGE_SHOWREADME ""
!define MUI_FINISHPAGE_SHOWREADME_TEXT "在桌面上放一个图标"
!define MUI_FINISHPAGE_SHOWREADME_FUNCTION PutOnDesktop
!insertmacro MUI_PAGE_FINISH

!define MUI_UNCONFIRMPAGE_TEXT_TOP "只卸载程序。填过的表、备份和设置都留着，以后再装上就能接着填。"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!define MUI_FINISHPAGE_TITLE "程序已卸载"
!define MUI_FINISHPAGE_TEXT "填过的表没有删除，还在这个文件夹里：$\r$\n$\r$\n$0$\r$\n$\r$\n确定不再需要时，可以自己删除它。"
!insertmacro MUI_UNPAGE_FINISH
!insertmacro MUI_LANGUAGE SimpChinese

; Sets $R0 to 1 where a version in the folder runs: its program cannot be opened for writing then.
!macro LOOK_WHETHER_RUNNING
    StrCpy $R0 0
    ClearErrors
    FindFirst $R1 $R2 "$INSTDIR\versions\*"
    ${DoUntil} ${Errors}
        ${If} ${FileExists} "$INSTDIR\versions\$R2\pythonw.exe"
            FileOpen $R3 "$INSTDIR\versions\$R2\pythonw.exe" a
            ${If} ${Errors}
                StrCpy $R0 1
            ${Else}
                FileClose $R3
            ${EndIf}
            ClearErrors
        ${EndIf}
        FindNext $R1 $R2
    ${Loop}
    FindClose $R1
    ClearErrors
!macroend

!macro WAIT_UNTIL_CLOSED
    ${Do}
        !insertmacro LOOK_WHETHER_RUNNING
        ${If} $R0 = 0
            ${ExitDo}
        ${EndIf}
        MessageBox MB_RETRYCANCEL|MB_ICONEXCLAMATION "${TITLE}正开着。填到一半的表先存好，关掉窗口，再点“重试”。" /SD IDCANCEL IDRETRY +3
        SetErrorLevel 3
        Quit
    ${Loop}
!macroend

Function .onInit
    SetShellVarContext current
    ${IfNot} ${AtLeastBuild} 17763
        MessageBox MB_OK|MB_ICONSTOP "${TITLE}要在 64 位 Windows 10（1809 版）或更新的 Windows 上用，这台电脑的 Windows 太旧，装不了。" /SD IDOK
        SetErrorLevel 4
        Quit
    ${EndIf}
FunctionEnd

; Sets $R9 to a sentence where the folder cannot be used, else to "".
Function LookAtFolder
    StrCpy $R9 ""
    StrLen $R0 $INSTDIR
    ${If} $R0 > ${LONGEST}
        StrCpy $R9 "文件夹的路径太长，Windows 打不开里面的文件。换一个短一些的文件夹。"
        Return
    ${EndIf}
    ${IfNot} ${FileExists} "$INSTDIR\current"
    ${AndIfNot} ${FileExists} "$INSTDIR\versions\*.*" ; an installation that was broken off, or this one a page ago
        ${DirState} "$INSTDIR" $R0
        ${If} $R0 = 1
            StrCpy $R9 "这个文件夹里已经有别的东西。换一个空的文件夹，或者在它里面新建一个。"
            Return
        ${EndIf}
    ${EndIf}
    ClearErrors
    CreateDirectory "$INSTDIR\versions"
    FileOpen $R0 "$INSTDIR\versions\.probe" w
    ${If} ${Errors}
        StrCpy $R9 "这个文件夹里不能存放文件。换一个文件夹，比如用原来填好的那一个。"
        Return
    ${EndIf}
    FileClose $R0
    Delete "$INSTDIR\versions\.probe"
FunctionEnd

; Sets $R9 to a sentence where a newer version is installed already.
Function LookAtVersion
    Call ReadCurrent
    StrCpy $R9 ""
    ${If} $R8 != ""
        ${VersionCompare} "$R8" "${VERSION}" $R0
        ${If} $R0 = 1
            StrCpy $R9 "已经装着更新的 $R8 版，不用再装 ${VERSION} 版。要用旧版，在程序里选“帮助”里的“回到上一版”。"
        ${EndIf}
    ${EndIf}
FunctionEnd

; Sets $R8 to the version that starts now, "" where none is installed.
Function ReadCurrent
    StrCpy $R8 ""
    ClearErrors
    FileOpen $R0 "$INSTDIR\current" r
    ${IfNot} ${Errors}
        FileRead $R0 $R8
        FileClose $R0
        ${TrimNewLines} $R8 $R8
    ${EndIf}
    ClearErrors
FunctionEnd

Function CheckFolder
    Call LookAtFolder
    ${If} $R9 == ""
        Call LookAtVersion
    ${EndIf}
    ${If} $R9 != ""
        MessageBox MB_OK|MB_ICONEXCLAMATION "$R9"
        Abort
    ${EndIf}
FunctionEnd

; Writes a line into a file of HOME so that it holds the old or the new one at any moment. $0: the file, $1: the line.
Function WriteLine
    FileOpen $2 "$INSTDIR\$0.new" w
    FileWrite $2 "$1$\n"
    FileClose $2
    System::Call 'kernel32::MoveFileExW(w "$INSTDIR\$0.new", w "$INSTDIR\$0", i ${REPLACE_NOW}) i .r2'
    ${If} $2 = 0
        StrCpy $R9 "“$INSTDIR\$0”写不进去。关掉正在用这个文件夹的程序，再装一次。"
    ${EndIf}
FunctionEnd

Function PutOnDesktop
    CreateShortcut "$DESKTOP\${TITLE}.lnk" "$INSTDIR\perfdesk.exe"
FunctionEnd

; Moves the unpacked version to its place; one of the same number that stands there goes.
Function MoveToItsPlace
    RMDir /r "$INSTDIR\versions\.old"
    ClearErrors
    ${If} ${FileExists} "$INSTDIR\versions\${VERSION}"
        Rename "$INSTDIR\versions\${VERSION}" "$INSTDIR\versions\.old"
    ${EndIf}
    Rename "$INSTDIR\versions\.new" "$INSTDIR\versions\${VERSION}"
    ${If} ${Errors}
        Rename "$INSTDIR\versions\.old" "$INSTDIR\versions\${VERSION}"
        StrCpy $R9 "“$INSTDIR\versions”里的文件正被别的程序使用，没有装成，原来的程序还在。关掉它们，再装一次。"
    ${EndIf}
    RMDir /r "$INSTDIR\versions\.old"
FunctionEnd

Section
    SetShellVarContext current
    Call LookAtFolder
    ${If} $R9 == ""
        Call LookAtVersion
    ${EndIf}
    ${If} $R9 == ""
        !insertmacro WAIT_UNTIL_CLOSED
        DetailPrint "正在放置文件…"
        SetDetailsPrint none
        RMDir /r "$INSTDIR\versions\.new"
        SetOutPath "$INSTDIR\versions\.new"
        File /r "${TREE}/*"
        SetOutPath "$INSTDIR"
        Call MoveToItsPlace
    ${EndIf}
    ${If} $R9 == ""
        File "${PARTS}/perfdesk.exe"
        File "${PARTS}/perfdesk-cli.cmd"
        Call ReadCurrent
        ${If} $R8 != ""
        ${AndIf} $R8 != "${VERSION}"
            StrCpy $0 "previous"
            StrCpy $1 "$R8"
            Call WriteLine
        ${EndIf}
        StrCpy $0 "current"
        StrCpy $1 "${VERSION}"
        Call WriteLine
    ${EndIf}
    ${If} $R9 != ""
        MessageBox MB_OK|MB_ICONSTOP "$R9" /SD IDOK
        SetErrorLevel 5
        Quit
    ${EndIf}
    Call TellWindows
    ${GetParameters} $0
    ${GetOptions} "$0" "/DESKTOP" $1
    ${IfNot} ${Errors}
        Call PutOnDesktop
    ${EndIf}
SectionEnd

; The entry of the start menu, the one among the programs, and what is opened by a double click.
Function TellWindows
    CreateShortcut "$SMPROGRAMS\${TITLE}.lnk" "$INSTDIR\perfdesk.exe"
    WriteUninstaller "$INSTDIR\uninstall.exe"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayName" "${TITLE}"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayVersion" "${VERSION}"
    WriteRegStr HKCU "${UNINSTALL}" "DisplayIcon" "$INSTDIR\perfdesk.exe"
    WriteRegStr HKCU "${UNINSTALL}" "Publisher" "perfdesk"
    WriteRegStr HKCU "${UNINSTALL}" "InstallLocation" "$INSTDIR"
    WriteRegStr HKCU "${UNINSTALL}" "UninstallString" '"$INSTDIR\uninstall.exe"'
    WriteRegStr HKCU "${UNINSTALL}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
    WriteRegDWORD HKCU "${UNINSTALL}" "EstimatedSize" ${SIZE}
    WriteRegDWORD HKCU "${UNINSTALL}" "NoModify" 1
    WriteRegDWORD HKCU "${UNINSTALL}" "NoRepair" 1
    WriteRegStr HKCU "${CLASSES}\.perfdesk-update" "" "perfdesk.update"
    WriteRegStr HKCU "${CLASSES}\perfdesk.update" "" "${TITLE}的更新"
    WriteRegStr HKCU "${CLASSES}\perfdesk.update\DefaultIcon" "" "$INSTDIR\perfdesk.exe,0"
    WriteRegStr HKCU "${CLASSES}\perfdesk.update\shell\open\command" "" '"$INSTDIR\perfdesk.exe" "%1"'
    ; a .perfdesk.zip is a .zip to Windows: the program stands in 打开方式, and takes nothing from who opens .zip now
    WriteRegStr HKCU "${CLASSES}\Applications\perfdesk.exe" "FriendlyAppName" "${TITLE}"
    WriteRegStr HKCU "${CLASSES}\Applications\perfdesk.exe\shell\open\command" "" '"$INSTDIR\perfdesk.exe" "%1"'
    WriteRegStr HKCU "${CLASSES}\Applications\perfdesk.exe\SupportedTypes" ".zip" ""
    WriteRegStr HKCU "${CLASSES}\Applications\perfdesk.exe\SupportedTypes" ".json" ""
    WriteRegStr HKCU "${CLASSES}\Applications\perfdesk.exe\SupportedTypes" ".xlsx" ""
    WriteRegStr HKCU "${CLASSES}\Applications\perfdesk.exe\SupportedTypes" ".xls" ""
    WriteRegStr HKCU "${CLASSES}\Applications\perfdesk.exe\SupportedTypes" ".docx" ""
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
FunctionEnd

Function un.onInit
    SetShellVarContext current
    !insertmacro WAIT_UNTIL_CLOSED
FunctionEnd

Section Uninstall
    SetDetailsPrint none
    ; by name, and only what the setup and the updates put there: whatever else somebody keeps in the folder stays
    ${If} ${FileExists} "$INSTDIR\current"
        RMDir /r "$INSTDIR\versions"
    ${EndIf}
    Delete "$INSTDIR\current"
    Delete "$INSTDIR\previous"
    Delete "$INSTDIR\perfdesk.exe"
    Delete "$INSTDIR\perfdesk-cli.cmd"
    Delete "$INSTDIR\uninstall.exe"
    StrCpy $0 "$LOCALAPPDATA\perfdesk"
    ${If} ${FileExists} "$INSTDIR\data"
        StrCpy $0 "$INSTDIR\data"
    ${EndIf}
    SetOutPath "$TEMP"
    RMDir "$INSTDIR"
    Delete "$SMPROGRAMS\${TITLE}.lnk"
    Delete "$DESKTOP\${TITLE}.lnk"
    DeleteRegKey HKCU "${UNINSTALL}"
    DeleteRegKey HKCU "${CLASSES}\.perfdesk-update"
    DeleteRegKey HKCU "${CLASSES}\perfdesk.update"
    DeleteRegKey HKCU "${CLASSES}\Applications\perfdesk.exe"
    System::Call 'shell32::SHChangeNotify(i 0x08000000, i 0, p 0, p 0)'
SectionEnd
