import { type UserName, USERS } from '../pbx/pbx-under-test.ts';

/** Settings of a gateway that shows calls, read as this user. */
export function callsEnv(user: UserName): NodeJS.ProcessEnv {
  const { username, secret } = USERS[user];
  return {
    LAMPBOARD_CALLS: 'show',
    LAMPBOARD_CALLS_AMI_USERNAME: username,
    LAMPBOARD_CALLS_AMI_SECRET: secret,
  };
}
