"""production_config.json as people have it, and a shorter one."""

from __future__ import annotations

from typing import Any

PRINTED = """\
{
  "schedules": {
    "store_1": {
      "store_name": "store_1",
      "enabled": true,
      "start_time": "09:00",
      "end_time": "22:00",
      "days_of_week": [0, 1, 2, 3, 4, 5, 6],
      "duration_minutes": 60,
      "frame_skip": 1,
      "confidence_threshold": 0.5,
      "export_enabled": true,
      "output_format": "json",
      "webhook_url": "https://api.backend.com/analytics/heatmap",
      "webhook_enabled": true,
      "retry_count": 3,
      "timeout_seconds": 1800,
      "api_token": "your_api_token_here"
    }
  },
  "redis_host": "localhost",
  "redis_port": 6379,
  "redis_db": 0,
  "log_level": "INFO",
  "log_file": "/var/log/traffic-heatmap/production.log",
  "enable_monitoring": true,
  "alert_email": "admin@example.com"
}
"""


def shortest(store: str = "shop") -> dict[str, Any]:
    """One schedule that says nothing but which store."""
    return {"schedules": {store: {}}}
