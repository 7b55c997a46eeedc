"""An S3-compatible server on loopback, which checks signatures."""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import boto3
from moto.server import ThreadedMotoServer

REGION = "eu-central-1"
ALL = {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "s3:*", "Resource": "*"}]}


@dataclass(frozen=True)
class Bucket:
    """A bucket on that server, and credentials for it."""

    name: str
    endpoint: str
    access_key_id: str
    secret_access_key: str

    @property
    def options(self) -> dict[str, str]:
        return {
            "endpoint": self.endpoint,
            "region": REGION,
            "access_key_id": self.access_key_id,
            "secret_access_key": self.secret_access_key,
        }

    def paths(self) -> list[str]:
        found = self.client().list_objects_v2(Bucket=self.name)
        return [each["Key"] for each in found.get("Contents", [])]

    def uploads(self) -> list[str]:
        """Uploads in pieces that weren't ended."""
        found = self.client().list_multipart_uploads(Bucket=self.name)
        return [each["Key"] for each in found.get("Uploads", [])]

    @contextmanager
    def unchecked(self) -> Iterator[None]:
        """Signatures aren't looked at: the server knows no signed addresses while it does."""
        tell(self.endpoint, "reset-auth", "inf")
        try:
            yield
        finally:
            tell(self.endpoint, "reset-auth", "0")

    def client(self):  # type: ignore[no-untyped-def]
        return boto3.client(
            "s3",
            endpoint_url=self.endpoint,
            region_name=REGION,
            aws_access_key_id=self.access_key_id,
            aws_secret_access_key=self.secret_access_key,
        )


@contextmanager
def served_bucket(name: str = "tools") -> Iterator[Bucket]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    at = {"endpoint_url": endpoint, "region_name": REGION, "aws_access_key_id": "x", "aws_secret_access_key": "x"}
    try:
        tell(endpoint, "reset")
        tell(endpoint, "reset-auth", "inf")
        place = {"LocationConstraint": REGION}
        boto3.client("s3", **at).create_bucket(Bucket=name, CreateBucketConfiguration=place)
        people = boto3.client("iam", **at)
        people.create_user(UserName="app")
        people.put_user_policy(UserName="app", PolicyName="all", PolicyDocument=json.dumps(ALL))
        key = people.create_access_key(UserName="app")["AccessKey"]
        tell(endpoint, "reset-auth", "0")  # from now on each request has to be signed
        yield Bucket(name, endpoint, key["AccessKeyId"], key["SecretAccessKey"])
    finally:
        server.stop()


def tell(endpoint: str, what: str, value: str = "") -> None:
    """Reach the server's own settings, which all servers of a process share."""
    plain = {"content-type": "text/plain"}
    request = urllib.request.Request(f"{endpoint}/moto-api/{what}", data=value.encode(), method="POST", headers=plain)
    with urllib.request.urlopen(request) as response:
        response.read()
