import type { Pattern } from './pattern.ts'

/** What compilers, tests and checkers say through Maven, in its form of an error; what they say alone stands with the JVM's. */
export const maven: readonly Pattern[] = [
  {
    id: 'maven.advice',
    role: 'noise',
    tool: 'maven',
    literals: [
      'To see the full stack trace of the error',
      'Re-run Maven using the ',
      'For more information about the errors and possible solutions',
      '[ERROR] [Help ',
      'After correcting the problems, you can resume the build',
    ],
    regex:
      /^\[ERROR\] (?:To see the full stack trace of the errors?, re-run|Re-run Maven using the |For more information about the errors and possible solutions|\[Help \d{1,2}\] https?:|After correcting the problems, you can resume the build)/,
    weight: 0.1,
    says: 'what Maven advises after every failure',
    examples: {
      matches: [
        '[ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.',
        '[ERROR] [Help 1] http://example.com/MAVEN/MojoFailureException',
      ],
      not: [
        '[ERROR] Failed to execute goal org.example:cart-plugin:1:sell (default) on project shop: sold -> [Help 1]',
      ],
    },
  },
  {
    id: 'surefire.fork-timeout',
    role: 'cause',
    tool: 'surefire',
    literals: ['There was a timeout in the fork', 'There was a timeout or other error in the fork'],
    regex: /There was a timeout (?:or other error )?in the fork/,
    category: 'res.timeout_step',
    weight: 0.93,
    phase: 'test',
    says: 'the tests took longer than Surefire waits',
    examples: {
      matches: ['[ERROR] Failed to execute goal org.example:test-plugin:3:test: There was a timeout in the fork'],
      not: ['timeout in the forklift'],
    },
  },
  {
    id: 'surefire.heap',
    role: 'cause',
    tool: 'surefire',
    literals: ['[ERROR] Java heap space', '[ERROR] GC overhead limit exceeded', '[ERROR] Metaspace'],
    regex: /^\[ERROR\] (?:Java heap space|GC overhead limit exceeded|Metaspace)\s{0,4}$/,
    category: 'res.oom',
    weight: 0.95,
    phase: 'test',
    says: 'the Java machine of the tests ran out of memory',
    examples: { matches: ['[ERROR] Java heap space'], not: ['[ERROR] Java heap space is documented'] },
  },
  {
    id: 'junit.timeout',
    role: 'cause',
    tool: 'junit',
    literals: ['timed out after ', 'execution exceeded timeout of ', "didn't finish within the time-out "],
    regex:
      /TimeoutException: .{1,300} timed out after \d{1,9} (?:nano|micro|milli)?(?:second|minute|hour)s?\b|TestTimedOutException: |execution exceeded timeout of \d{1,9} ms|didn't finish within the time-out \d/,
    category: 'test.async',
    weight: 0.94,
    phase: 'test',
    transience: { verdict: 'intermittent', why: 'a test waited for something that came too late' },
    says: 'a test ran into its own time limit',
    examples: {
      matches: [
        'java.util.concurrent.TimeoutException: arrives() timed out after 1 second',
        'org.junit.runners.model.TestTimedOutException: test timed out after 1000 milliseconds',
        'org.opentest4j.AssertionFailedError: execution exceeded timeout of 1000 ms by 20 ms',
      ],
      not: ['java.net.SocketTimeoutException: Read timed out'],
    },
  },
  {
    id: 'javac.warnings-forbidden',
    role: 'cause',
    tool: 'javac',
    literals: ['warnings found and -Werror specified'],
    regex: /^(?:\[ERROR\] (?<file>\/?[^\s:]{1,300}): |error: |e: )?warnings found and -Werror specified/,
    category: 'code.compile',
    weight: 0.9,
    phase: 'build',
    says: 'the build forbids what the compiler warns of',
    examples: {
      matches: [
        '[ERROR] /app/src/Cart.java: warnings found and -Werror specified',
        'error: warnings found and -Werror specified',
      ],
      not: ['-Werror is on'],
    },
  },
  {
    id: 'maven.deploy-nowhere',
    role: 'cause',
    tool: 'maven',
    literals: ['repository element was not specified in the POM'],
    regex: /repository element was not specified in the POM inside distributionManagement/,
    category: 'config.workflow',
    weight: 0.94,
    phase: 'deploy',
    says: 'the build is not told where to deploy',
    examples: {
      matches: [
        '[ERROR] Failed to deploy: repository element was not specified in the POM inside distributionManagement element',
      ],
      not: ['the repository element was read'],
    },
  },
  {
    id: 'checkstyle.error',
    role: 'cause',
    tool: 'checkstyle',
    literals: ['.java:[', '.kt:[', '.xml:[', '.groovy:[', '.scala:[', '.properties:['],
    regex:
      /^\[ERROR\] (?<file>[^\s:[\]]{1,300}\.(?:java|kt|xml|groovy|scala|properties)):\[(?<line>\d{1,7})(?:,(?<column>\d{1,5}))?\] \(\w{3,40}\) [A-Z]\w{3,80}: /,
    category: 'code.quality',
    weight: 0.94,
    says: 'a style rule forbids the code',
    examples: {
      matches: ["[ERROR] src/Cart.java:[12,7] (indentation) Indentation: 'if' has incorrect indentation level 3."],
      not: ['[ERROR] /src/Cart.java:[12,7] cannot find symbol'],
    },
  },
  {
    id: 'spotbugs.bug',
    role: 'cause',
    tool: 'spotbugs',
    literals: ['[ERROR] High: ', '[ERROR] Medium: ', '[ERROR] Low: '],
    regex: /^\[ERROR\] (?:High|Medium|Low): .{1,1000} (?<file>[\w$-]{1,200}\.\w{1,12}):\[lines? (?<line>\d{1,7})/,
    category: 'code.quality',
    weight: 0.94,
    says: 'SpotBugs finds a bug',
    examples: {
      matches: [
        '[ERROR] High: Null pointer dereference of name in org.acme.Cart.total(String) [org.acme.Cart] Dereferenced at Cart.java:[line 5] NP_ALWAYS_NULL',
        '[ERROR] Medium: Cart.items() may expose internal representation [shop.Cart] At Cart.java:[line 12] EI_EXPOSE_REP',
      ],
      not: ['[ERROR] Highest: none'],
    },
  },
  {
    id: 'maven.kotlin-error',
    role: 'cause',
    tool: 'kotlinc',
    literals: ['.kt:'],
    regex: /^\[ERROR\] (?:file:\/\/)?(?<file>[^\s:]{1,300}\.kt):(?<line>\d{1,7}):(?<column>\d{1,6}) [A-Z'@]/,
    category: 'code.compile',
    weight: 0.94,
    phase: 'build',
    says: 'the Kotlin compiler rejects the code',
    examples: {
      matches: [
        "[ERROR] file:///app/src/main/kotlin/Cart.kt:2:24 Return type mismatch: expected 'Int', actual 'String'.",
      ],
      not: ['[ERROR] /src/Cart.kt:12:7: Missing newline (standard:final-newline)'],
    },
  },
  {
    id: 'maven.groovy-error',
    role: 'cause',
    tool: 'groovyc',
    literals: ['.groovy: '],
    regex: /^(?:\[ERROR\] )?(?<file>[^\s:]{1,300}\.groovy): (?<line>\d{1,7}): \S/,
    category: 'code.compile',
    weight: 0.94,
    phase: 'build',
    span: { after: 3 },
    says: 'the Groovy compiler rejects the code',
    examples: {
      matches: ['[ERROR] /app/src/Cart.groovy: 5: [Static type checking] - The variable [totl] is undeclared.'],
      not: ['Cart.groovy: compiled'],
    },
  },
]
