/**
 * The variables of this process, for those who start other processes and must hand them on. Everyone else asks for
 * `Config`.
 */
export const processEnvironment: Readonly<Record<string, string | undefined>> = process.env;
