"""What the business stands on: storage, time, access, words. It knows no noun of the business."""
