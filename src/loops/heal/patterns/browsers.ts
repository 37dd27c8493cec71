import type { Pattern } from './pattern.ts'

/** Tests that drive a browser, and browsers that do not start. */
export const browsers: readonly Pattern[] = [
  {
    id: 'cypress.failed',
    role: 'cause',
    tool: 'cypress',
    literals: [
      'CypressError: ',
      'Timed out retrying',
      'Cypress failed to ',
      'The Test Runner unexpectedly exited',
      'TimeoutError: waiting for',
      'TimeoutError: Navigation timeout',
      'NoSuchElementException: ',
      'NoSuchElementError: ',
      'StaleElementReferenceException: ',
      'StaleElementReferenceError: ',
    ],
    regex:
      /CypressError: |(?:AssertionError: )?Timed out retrying(?: after \d{1,9}ms)?: |Cypress failed to |The Test Runner unexpectedly exited|TimeoutError: (?:waiting for|Navigation timeout)|(?:selenium\.[\w.]{1,60}|^)(?:NoSuchElement|StaleElementReference)(?:Exception|Error): /,
    category: 'code.test',
    weight: 0.7,
    phase: 'test',
    says: 'a test in a browser failed',
    examples: {
      matches: [
        'CypressError: Timed out retrying: Expected to find element: #cart',
        'TimeoutError: waiting for selector `#cart` failed',
      ],
      not: ['opening cypress'],
    },
  },
  {
    id: 'browser.start',
    role: 'cause',
    literals: [
      'session not created: ',
      'chrome not reachable',
      'Failed to launch the browser process',
      'Failed to launch chrome',
      'No binary for ',
      'Cannot start Chrome',
      'Cannot start Firefox',
      'Cannot start Safari',
      'Cannot start PhantomJS',
      'Cannot start IE',
      "DevToolsActivePort file doesn't exist",
      'cannot find Chrome binary',
      'Could not find browser',
      'Could not find Chrome',
      'unable to open display',
      'unable to open X display',
      'cannot open display',
      'cannot open X display',
      'Missing X server',
    ],
    regex:
      /session not created: |chrome not reachable|Failed to launch (?:the browser process|chrome)|No binary for \w{3,20}|Cannot start (?:Chrome|Firefox|Safari|PhantomJS|IE)|DevToolsActivePort file doesn't exist|cannot find Chrome binary|Could not find (?:browser|Chrome)|(?:unable to|cannot) open (?:X )?display|Missing X server/,
    category: 'config.env',
    weight: 0.72,
    phase: 'test',
    says: 'no browser can be started',
    examples: {
      matches: [
        'Error: Failed to launch the browser process!',
        'No binary for ChromeHeadless browser on your platform.',
        'Gtk-WARNING **: cannot open display: :99',
      ],
      not: ['Starting browser Chrome'],
    },
  },
]
