/** Who may sign in to the product under test. */
function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set`);
  return value;
}

export interface Person {
  email: string;
  password: string;
}

export const administrator = (): Person => ({
  email: required('PONTE_ADMIN_EMAIL'),
  password: required('PONTE_ADMIN_PASSWORD'),
});

export const agent = (): Person => ({
  email: required('PONTE_AGENT_EMAIL'),
  password: required('PONTE_AGENT_PASSWORD'),
});
