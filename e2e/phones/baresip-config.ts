/** baresip's `config`: no sound card (aubridge), everything on 127.0.0.1, driven over ctrl_tcp. */
export function baresipConfig(options: { modules: string; controlPort: number; extension: string }): string {
  const { modules, controlPort, extension } = options;
  return `poll_method epoll
sip_listen 127.0.0.1:0
net_interface 127.0.0.1
call_local_timeout 600
call_max_calls 4
audio_source aubridge,nil${extension}
audio_player aubridge,nil${extension}
audio_alert aubridge,alert${extension}
ausrc_format s16
auplay_format s16
auenc_format s16
audec_format s16
rtp_ports 32800-60900
module_path ${modules}
module g711.so
module aubridge.so
module_app account.so
module_app menu.so
module_app ctrl_tcp.so
statmode_default off
ctrl_tcp_listen 127.0.0.1:${controlPort}
`;
}

/** baresip's one line of `accounts`: a phone that rings until it is told to answer. */
export function baresipAccount(options: { extension: string; sipPort: number; password: string }): string {
  const { extension, sipPort, password } = options;
  const settings = `auth_user=${extension};auth_pass=${password};answermode=manual;regint=600;audio_codecs=PCMU/8000/1`;
  return `<sip:${extension}@127.0.0.1:${sipPort}>;${settings}\n`;
}
