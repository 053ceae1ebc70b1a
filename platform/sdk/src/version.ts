/** Version of the contract between plugins and the platform: a plugin's manifest names the range it was made for. */
export const sdkVersion = '1.0.0';
