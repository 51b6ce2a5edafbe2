; Inno Setup 6: an installer for one user, no administrator. Untested here: see packaging/README.md.
; Before: python packaging/build.py on Windows, so that dist\portfolio-desktop\ is there. Then, from the checkout's root:
;     iscc packaging\windows\portfolio-desktop.iss

#define Name "學習歷程工作臺"
#define Program "portfolio-desktop"
#define Version "0.1.0"

[Setup]
AppId={{6F0F7C0B-2B0B-4E37-9C5C-6D6B8E8D7A11}
AppName={#Name}
AppVersion={#Version}
AppPublisher=Portfolio Desktop contributors
DefaultDirName={localappdata}\Programs\{#Program}
DefaultGroupName={#Name}
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
MinVersion=10.0
SourceDir=..\..
OutputDir=dist
OutputBaseFilename={#Program}-{#Version}-setup
SetupIconFile=build\icons\{#Program}.ico
UninstallDisplayIcon={app}\{#Program}.exe
LicenseFile=LICENSE
Compression=lzma2
SolidCompression=yes
WizardStyle=modern

; Inno Setup carries no Traditional Chinese translation of its own; its unofficial file would have to be vendored.
[Languages]
Name: "english"; MessagesFile: "compiler:Default.isl"

[Files]
Source: "dist\{#Program}\*"; DestDir: "{app}"; Flags: ignoreversion recursesubdirs createallsubdirs

[Icons]
Name: "{autoprograms}\{#Name}"; Filename: "{app}\{#Program}.exe"
Name: "{autodesktop}\{#Name}"; Filename: "{app}\{#Program}.exe"; Tasks: desktopicon

[Tasks]
Name: "desktopicon"; Description: "{cm:CreateDesktopIcon}"; GroupDescription: "{cm:AdditionalIcons}"

[Run]
Filename: "{app}\{#Program}.exe"; Description: "{cm:LaunchProgram,{#Name}}"; Flags: nowait postinstall skipifsilent
