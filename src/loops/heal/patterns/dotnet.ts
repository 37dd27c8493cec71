import type { Pattern } from './pattern.ts'

/** .NET: compiler, MSBuild, NuGet, dotnet test. */
export const dotnet: readonly Pattern[] = [
  {
    id: 'dotnet.compile-error',
    role: 'cause',
    tool: 'msbuild',
    literals: ['error CS', 'error FS', 'error BC', 'error C2', 'error C1', 'error C3', 'error LNK'],
    regex:
      /^\s{0,12}(?:\d{1,3}>)?(?<file>[^():\n]{1,300}|[A-Za-z]:[^():\n]{1,300})(?:\((?<line>\d{1,7})(?:,(?<column>\d{1,6}))?(?:,\d{1,7},\d{1,6})?\))? ?: (?:fatal )?error (?:CS|FS|BC|C|LNK)\d{4,5}: /,
    category: 'code.compile',
    weight: 0.93,
    phase: 'build',
    says: 'the compiler rejects the code',
    examples: {
      matches: [
        'Cart.cs(12,7): error CS1002: ; expected [/app/Shop.csproj]',
        'main.cpp(3): error C2065: undeclared identifier',
      ],
      not: ['0 Error(s)'],
    },
  },
  {
    id: 'dotnet.msbuild-error',
    role: 'cause',
    tool: 'msbuild',
    literals: ['error MSB', 'error NETSDK'],
    regex: /: error (?:MSB|NETSDK)\d{4}: /,
    category: 'config.workflow',
    weight: 0.7,
    phase: 'build',
    says: 'MSBuild cannot build the project',
    examples: { matches: ['MSBUILD : error MSB1009: Project file does not exist.'], not: ['warning MSB3245: x'] },
  },
  {
    id: 'nuget.resolve',
    role: 'cause',
    tool: 'nuget',
    literals: ['error NU1', 'NU1101', 'NU1102', 'Unable to find package'],
    regex: /error NU1[0-6]\d{2}|Unable to find package \S|Unable to resolve '.{1,200}' for '/,
    category: 'dep.resolve',
    weight: 0.9,
    phase: 'prepare',
    says: 'a NuGet package cannot be found',
    examples: {
      matches: ['Shop.csproj : error NU1101: Unable to find package Foo. No packages exist'],
      not: ['package found'],
    },
  },
  {
    id: 'dotnet.failed-test',
    role: 'cause',
    tool: 'dotnet test',
    literals: ['[FAIL]', '  Failed '],
    regex:
      /^\s{0,4}(?:\[xUnit\.net .{1,20}\]\s{1,8})?(?<test>[\w.+]{3,250}(?:\(.{0,200}\))?) \[FAIL\]$|^\s{2}Failed (?<name>\S{3,250}) \[[\d<]/,
    category: 'code.test',
    weight: 0.92,
    phase: 'test',
    span: { after: 12 },
    says: 'a test failed',
    examples: {
      matches: ['[xUnit.net 00:00:00.91]     Shop.CartTests.AddsUp [FAIL]', '  Failed AddsUp [12 ms]'],
      not: ['Failed to start'],
    },
  },
  {
    id: 'dotnet.totals',
    role: 'result',
    tool: 'dotnet test',
    literals: ['Failed: '],
    regex:
      /Failed: {1,8}(?<failed>\d{1,7}), Passed: {1,8}(?<passed>\d{1,7}), Skipped: {1,8}(?<skipped>\d{1,7}), Total: {1,8}(?<run>\d{1,7})/,
    weight: 0.2,
    phase: 'test',
    says: 'dotnet counts its tests',
    examples: {
      matches: ['Failed!  - Failed:     1, Passed:    11, Skipped:     0, Total:    12, Duration: 34 ms'],
      not: ['Failed: x'],
    },
  },
]
