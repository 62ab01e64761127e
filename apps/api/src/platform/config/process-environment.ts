/**
 * The variables of this process: the one place that looks at `process.env`. For `Config`, and for the launcher, which
 * hands them on to the processes that it starts.
 */
export const processEnvironment: Readonly<Record<string, string | undefined>> = process.env;
